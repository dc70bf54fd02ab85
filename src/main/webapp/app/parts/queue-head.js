// What stands above the rows: the names of the columns, or what can be done with the selected ones.
import {html, nothing} from '../vendor/lit.js';
import {downloads} from '../core/downloads.js';
import {number} from '../core/format.js';
import {t} from '../core/text.js';
import {CAN, mayWrite} from './actions.js';
import {icon, iconButton} from './small.js';

const picker = (checked, some, all) => html`<span role="columnheader" class="pick"><label><input type="checkbox" .checked=${checked} .indeterminate=${some} @click=${all}>${unseen('queue.select.all')}</label></span>`;

const unseen = key => html`<span class="unseen">${t(key)}</span>`;

export const columns = (everybody, all) => html`${picker(false, false, all)}
    <span role="columnheader" class="picture">${unseen('queue.picture')}</span><span role="columnheader" class="what">${t('queue.title')}</span>
    ${everybody ? html`<span role="columnheader" class="owner">${t('queue.owner')}</span>` : nothing}<span role="columnheader" class="state">${t('queue.state')}</span>
    <span role="columnheader" class="progress">${t('queue.how')}</span><span role="columnheader" class="age">${t('queue.age')}</span><span role="columnheader" class="do">${unseen('queue.actions')}</span>`;

/** `chosen` is a Selection of `total` rows; `run(action)` does it with those that can have it. */
export function bulkBar(chosen, total, {all, run}) {
    const selected = chosen.list().map(id => downloads.get(id)).filter(Boolean);
    const button = (action, sign) => {
        const able = selected.filter(CAN[action]).length;
        return mayWrite() && able ? html`<button type="button" class="small ${action === 'delete' ? 'danger' : 'secondary'}" @click=${() => run(action)}>${icon(sign)}${
            t(`queue.act.${action}`)}${able < selected.length ? ` (${number(able)})` : ''}</button>` : nothing;
    };
    return html`${picker(chosen.size === total, chosen.size < total, all)}
        <span role="columnheader" class="bulk"><b role="status">${t('queue.selected', {n: chosen.size})}</b>${button('cancel', 'stop')}${button('retry', 'retry')}${button('delete', 'trash')}
            ${iconButton('close', t('queue.unselect'), () => all())}</span>`;
}
