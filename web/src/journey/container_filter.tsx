import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { LineIcon } from '../ui/icons';

interface Props {
  containers: readonly string[];
  chosen: string | null;
  choose: (container: string | null) => void;
}

export function ContainerFilter({ containers, chosen, choose }: Props) {
  const { t } = useTranslation();
  return (
    <div className="container-filter no-print">
      <ComboBox
        className="combo"
        menuTrigger="focus"
        selectedKey={chosen}
        onSelectionChange={(key) => choose(key === null ? null : String(key))}
        allowsEmptyCollection
      >
        <Label className="combo-label">{t('timeline.container')}</Label>
        <div className="combo-row">
          <Input className="input mono" placeholder={t('timeline.allContainers', { count: containers.length })} />
          <Button className="icon-button">
            <LineIcon name="chevron" />
          </Button>
        </div>
        <Popover className="popover">
          <ListBox className="list-box" renderEmptyState={() => <p className="list-empty">{t('timeline.filterEmpty')}</p>}>
            {containers.map((container) => (
              <ListBoxItem key={container} id={container} textValue={container} className="list-item mono">
                {container}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </ComboBox>
      {chosen !== null && (
        <Button className="button quiet small" onPress={() => choose(null)}>
          {t('timeline.filterClear')}
        </Button>
      )}
    </div>
  );
}
