// How much of one's limits is used, before the wall is hit.
import {html, nothing} from '../vendor/lit.js';
import {bytes, number, relative} from '../core/format.js';
import {t} from '../core/text.js';
import {meter, word} from './small.js';

/** Of the answer of `GET /me`. */
export const usageMeters = ({usage, storage}) => html`
    ${meter(t('usage.storage'), storage.used, storage.limit, bytes)}
    ${usage.map(({policy, used, limit, resetsAt}) => html`${meter(word('usage', policy), used, limit, number)}<p class="resets"><small>${t('usage.resets', {when: relative(resetsAt)})}</small></p>`)}
    ${usage.length === 0 && storage.limit === null ? html`<p><small>${t('usage.none')}</small></p>` : nothing}`;
