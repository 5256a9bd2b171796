import type { Fault } from '../content/fault.ts';

/**
 * A fault as a workflow command of GitHub Actions, without a line break. `folder` is the way from the repository's
 * folder to the site's: empty, or with a slash at its end.
 */
export function githubAnnotation(fault: Fault, folder: string): string {
  const { line, column, length } = fault;
  const place = {
    file: `${folder}${fault.file}`,
    line,
    endLine: line,
    col: column,
    endColumn: column + length,
    title: fault.code,
  };
  const properties = Object.entries(place).map(
    ([name, value]) => `${name}=${escapedProperty(String(value))}`,
  );
  const published = fault.publishedAs === null ? '' : ` Published as: ${fault.publishedAs}.`;
  return `::${fault.level} ${properties.join(',')}::${escapedData(fault.message + published)}`;
}

/** As GitHub's toolkit escapes: a percent sign and line breaks end neither message nor command. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
