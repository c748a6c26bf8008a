import type { ComponentProps } from "react";
// eslint-disable-next-line no-restricted-imports -- this is the place where it is mended
import TButton from "tdesign-react/es/button";

/** TDesign's button, which stays one for keyboards and screen readers when it is disabled. */
export default function Button(props: ComponentProps<typeof TButton>) {
  return <TButton tag="button" {...props} />;
}
