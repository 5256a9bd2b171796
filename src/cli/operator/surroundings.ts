/** What a command runs in; tests give their own. */
export interface Surroundings {
  args: string[];
  env: Record<string, string | undefined>;
  /** The site's folder, absolute. */
  site: string;
  /** Somebody sits there and can answer. */
  isTerminal: boolean;
  color: boolean;
  stdin: NodeJS.ReadStream;
  print: (text: string) => void;
  printError: (text: string) => void;
}
