/** Shows what each target is at. */
export interface Progress {
  tell(name: string, doing: string): void;
  /** Takes the lines away, or leaves what was said. */
  end(): void;
}

/**
 * On a terminal a line for each of `names`, redrawn in place; elsewhere (CI) a plain line for each new thing that is
 * done, of things that count up only the first.
 */
export function progress(
  names: readonly string[],
  { isTerminal, columns, write }: { isTerminal: boolean; columns: number; write: (text: string) => void },
): Progress {
  return isTerminal ? redrawn(names, columns, write) : plain(write);
}

function plain(write: (text: string) => void): Progress {
  const said = new Map<string, string>();
  return {
    tell(name, doing) {
      const kind = doing.replace(/\d+/g, '0');
      if (said.get(name) === kind) return;
      said.set(name, kind);
      write(`${name}: ${doing}\n`);
    },
    end() {},
  };
}

function redrawn(names: readonly string[], columns: number, write: (text: string) => void): Progress {
  const lines = new Map(names.map((name) => [name, '']));
  const width = Math.max(...names.map((name) => name.length));
  let drawn = 0;
  const clear = () => (drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[J`);
  return {
    tell(name, doing) {
      lines.set(name, doing);
      const text = [...lines].map(([one, what]) => `${one.padEnd(width)}  ${what}`.slice(0, columns - 1));
      write(`${clear()}${text.join('\n')}\n`);
      drawn = text.length;
    },
    end() {
      write(clear());
      drawn = 0;
    },
  };
}
