import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { ApiProblem } from '../api/problem';
import { LineIcon } from './icons';

// What went wrong and what to do about it, in the reader's language; then what the server said, in its own.
export function ProblemPanel({ problem, retry }: { problem: ApiProblem; retry?: () => void }) {
  const { t } = useTranslation();
  const said = problem.code === 'unreachable' ? [] : [problem.title, problem.detail, problem.hint].filter((text) => text !== '');
  return (
    <section className="panel problem" role="alert">
      <h2 className="problem-title">
        <LineIcon name="warning" />
        {t(`problem.${problem.code}`)}
      </h2>
      <p>{t(`problem.${problem.code}Help`)}</p>
      {said.length > 0 && (
        <dl className="problem-said">
          <dt>{t('problem.says')}</dt>
          {said.map((text) => (
            <dd key={text} lang="en">
              {text}
            </dd>
          ))}
        </dl>
      )}
      {retry !== undefined && (
        <Button className="button" onPress={retry}>
          <LineIcon name="refresh" />
          {t('problem.retry')}
        </Button>
      )}
    </section>
  );
}
