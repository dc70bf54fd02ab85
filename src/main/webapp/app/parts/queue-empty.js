// A queue that has nothing yet teaches how something comes into it.
import {html} from '../vendor/lit.js';
import {curl} from '../core/api.js';
import {t} from '../core/text.js';
import {act} from '../core/toasts.js';
import {mayWrite} from './actions.js';
import {icon} from './small.js';

async function add(event) {
    event.preventDefault();
    const form = event.target;
    const adding = await act(() => import('./add.js'));
    if (adding) {
        adding.openAdd(form.elements.text.value);
        form.reset();
    }
}

export const nothingYet = () => html`<div class="first-time">
    <h2>${t('queue.first.title')}</h2>
    ${mayWrite() ? html`<form @submit=${add}><label>${t('queue.first.paste')}
        <textarea name="text" rows="3" required placeholder="https://steamcommunity.com/sharedfiles/filedetails/?id=3000000000" spellcheck="false"></textarea></label>
        <button>${icon('plus')}${t('queue.first.look')}</button></form>` : html`<p>${t('queue.first.read-only')}</p>`}
    <h3>${t('queue.first.program')}</h3>
    <ww-copy .text=${curl('POST', 'downloads', {body: {urlOrId: '3000000000'}})}></ww-copy>
    <p><small>${t('curl.key')}</small></p>
    <h3>${t('queue.first.browser')}</h3>
    <p><a href="#/tools">${icon('plug')}${t('queue.first.connect')}</a></p></div>`;
