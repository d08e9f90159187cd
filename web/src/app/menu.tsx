// The way between the pages: a row under the header, or a menu behind one button where the screen is narrow.
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';

import { useSession } from '../session/session';
import { LineIcon } from '../ui/icons';
import { pages } from './pages';

function usePages() {
  const session = useSession();
  return pages.filter((page) => page.allowed(session));
}

export function MenuRow() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <nav className="menu-row" aria-label={t('menu.label')}>
      <ul>
        {usePages().map(({ path, name }) => (
          <li key={path}>
            <NavLink to={path} end className={path === '/' && pathname.startsWith('/track/') ? 'menu-link menu-link-within' : 'menu-link'}>
              {t(`menu.${name}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function MenuButton({ signOut }: { signOut: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <div className="menu-button">
      <MenuTrigger>
        <Button className="button menu-open" aria-label={t('menu.open')}>
          <LineIcon name="menu" />
        </Button>
        <Popover className="popover menu-popover" placement="bottom end">
          <Menu className="list-box" aria-label={t('menu.label')}>
            {usePages().map(({ path, name }) => (
              <MenuItem key={path} id={path} href={path} className={`list-item menu-item ${path === pathname ? 'menu-item-current' : ''}`}>
                {t(`menu.${name}`)}
              </MenuItem>
            ))}
            <Separator className="menu-separator" />
            <MenuItem id="sign-out" className="list-item menu-item" onAction={signOut}>
              {t('session.signOut')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
