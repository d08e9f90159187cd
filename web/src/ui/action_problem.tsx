import { useTranslation } from 'react-i18next';

import type { ApiProblem } from '../api/problem';
import { LineIcon } from './icons';

// Why something was not done, beside the button that asked for it. `title` and `help` are for what its page knows better.
export function ActionProblem({ problem, title, help }: { problem: ApiProblem; title?: string; help?: string }) {
  const { t } = useTranslation();
  const said = title !== undefined || problem.code === 'unreachable' ? [] : [problem.title, problem.detail, problem.hint].filter((text) => text !== '');
  return (
    <div className="action-problem" role="alert">
      <p className="action-problem-title">
        <LineIcon name="warning" />
        {title ?? t(`problem.${problem.code}`)}
      </p>
      <p>{help ?? cure(problem)}</p>
      {said.length > 0 && (
        <p className="action-problem-said">
          {t('problem.says')} · <span lang="en">{said.join(' – ')}</span>
        </p>
      )}
    </div>
  );

  // What is true of a page that asks again by itself is not true of something done once.
  function cure({ code, passes, retryAfterS }: ApiProblem): string {
    if (code === 'unreachable') return t('problem.actUnreachable');
    if (code === 'throttled' && retryAfterS !== null) return t('session.wait', { count: retryAfterS });
    return passes ? t('problem.actPasses') : t(`problem.${code}Help`);
  }
}
