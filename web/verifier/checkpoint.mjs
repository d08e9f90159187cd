// Checkpoints (C2SP tlog-checkpoint v1.0.0): the size and the root of a log, as the text of a note.
import { fromBase64, fromDecimal, refuse } from './bytes.mjs';

export function checkpointFrom(text) {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) refuse('malformed_checkpoint', { detail: 'lines' });
  const [origin, sizeText, rootText, ...extensions] = lines;
  const [size, root] = [fromDecimal(sizeText), fromBase64(rootText)];
  if (size === null) refuse('malformed_checkpoint', { detail: 'size' });
  if (root === null || root.length !== 32) refuse('malformed_checkpoint', { detail: 'root' });
  return { origin, size, root, extensions };
}
