import { useWords } from "@/app/words";
import { SearchIcon } from "@/components/icons";
import styles from "./parts.module.css";

interface SearchInputProps {
  value: string;
  onChange: (value: string) => void;
  /** What is searched for, such as name or id. */
  placeholder: string;
}

/** Narrows a list while one types. */
export function SearchInput({ value, onChange, placeholder }: SearchInputProps) {
  const w = useWords();
  return (
    <span className={styles["search"]}>
      <SearchIcon aria-hidden="true" />
      <input type="search" value={value} aria-label={`${w.search}: ${placeholder}`} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
    </span>
  );
}
