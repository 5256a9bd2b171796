/** One case of a folder of cases: what an operator committed, and what must come of it. `expected.json` is a list of these. */
export interface Case {
  /** Name of the folder. */
  case: string;
  /** ISO instant that stands for the clock. */
  now: string;
  level: 'ok' | 'warning' | 'error';
  level_also: ('ok' | 'warning' | 'error')[];
  /** The file, the line and a word of the message that one fault must have. */
  file: string | null;
  line: number | null;
  must_mention: string[];
  /** Null: nothing is published. */
  published: Published | null;
  published_also: Published[];
}

/** What is published of one file; absent keys are not checked. */
export interface Published {
  slug?: string;
  title?: string;
  open?: boolean;
  status?: string;
  impact?: string;
  /** The page's state by component; `!operational` is anything but. */
  components?: Record<string, string>;
  /** Complete, oldest first. */
  updates?: { at: string; status?: string }[];
  updates_count?: number;
  next_update?: string;
  overall_not_green?: boolean;
}
