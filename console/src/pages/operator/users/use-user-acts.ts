import type { Schema } from "@/api/types";
import { useChange } from "@/api/use-api";
import { useConfirm } from "@/components/Confirm";
import type { MenuItem } from "@/components/MenuButton";
import { toast } from "@/components/toast";
import type { Drawn } from "./index";
import { useText } from "./text";

type User = Schema["UserOverview"];

const USERS = "/api/v1/operator/users";

/** What can be done with a user, for its menu. Nobody shuts themselves out. */
export function useUserActs(onDrawn: (drawn: Drawn) => void, onRename: (user: User) => void) {
  const t = useText();
  const confirm = useConfirm();
  const change = useChange("patch", "/api/v1/operator/users/{user}", { refreshes: [USERS] });
  const reset = useChange("post", "/api/v1/operator/users/{user}/password", { refreshes: [USERS] });
  const askToReset = (user: User) =>
    confirm({
      title: t.resetTitle(user.login),
      children: t.resetText,
      act: t.reset,
      danger: true,
      onConfirm: async () => {
        const { password } = await reset.mutateAsync({ path: { user: user.id } });
        onDrawn({ login: user.login, password });
      },
    });
  const askToDisable = (user: User) =>
    confirm({
      title: t.disableTitle(user.login),
      children: t.disableText,
      act: t.disable,
      danger: true,
      onConfirm: async () => {
        await change.mutateAsync({ path: { user: user.id }, body: { state: "disabled" } });
        toast(t.disabled(user.login));
      },
    });
  const askToGrant = (user: User) =>
    confirm({
      title: user.operator ? t.revokeTitle(user.login) : t.grantTitle(user.login),
      children: user.operator ? t.revokeText : t.grantText,
      act: user.operator ? t.revoke : t.grant,
      danger: true,
      onConfirm: async () => {
        await change.mutateAsync({ path: { user: user.id }, body: { operator: !user.operator } });
        toast(user.operator ? t.revoked(user.login) : t.granted(user.login));
      },
    });
  const enable = (user: User) =>
    change.mutate(
      { path: { user: user.id }, body: { state: "active" } },
      { onSuccess: () => toast(t.enabled(user.login)), onError: (problem) => toast(problem.message, "fault") },
    );
  return (user: User, isOwn: boolean): MenuItem[] => {
    const items: MenuItem[] = [{ key: "rename", label: t.rename, onSelect: () => onRename(user) }];
    if (isOwn) {
      return items;
    }
    items.push({ key: "operator", label: user.operator ? t.revoke : t.grant, onSelect: () => askToGrant(user) });
    items.push({ key: "reset", label: t.reset, onSelect: () => askToReset(user) });
    items.push(
      user.state === "active"
        ? { key: "disable", label: t.disable, danger: true, apart: true, onSelect: () => askToDisable(user) }
        : { key: "enable", label: t.enable, apart: true, onSelect: () => enable(user) },
    );
    return items;
  };
}
