import { Fragment, type ReactNode } from 'react';

interface Props<Name extends string> {
  parts: Record<Name, ReactNode>;
  // The translated sentence with these marks where the parts belong.
  text: (marks: Record<Name, string>) => string;
}

const mark = '\u0001';

// A translated sentence whose parts are more than text: names that stand out, times, links. Each language has its own order.
export function Sentence<Name extends string>({ parts, text }: Props<Name>) {
  const names = Object.keys(parts) as Name[];
  const marks = Object.fromEntries(names.map((name) => [name, mark + name + mark])) as Record<Name, string>;
  return text(marks)
    .split(mark)
    .map((piece, index) => <Fragment key={index}>{index % 2 === 1 ? parts[piece as Name] : piece}</Fragment>);
}
