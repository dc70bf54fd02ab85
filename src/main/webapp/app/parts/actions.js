// What can be done with downloads, one or many: shown at once, taken back visibly where the server refuses.
import {html, nothing} from '../vendor/lit.js';
import {get, patch, post, remove, tagOf} from '../core/api.js';
import {downloads, stateOf} from '../core/downloads.js';
import {forField} from '../core/format.js';
import {chunks} from '../core/lines.js';
import {session} from '../core/session.js';
import {t} from '../core/text.js';
import {act, sentenceOf, toasts} from '../core/toasts.js';
import {ask, confirm} from './dialogs.js';
import {chip} from './small.js';

const isLive = download => download.status === 'queued' || download.status === 'running';

/** Which actions make sense in a download's state. */
export const CAN = {
    cancel: download => isLive(download) && download.phase !== 'canceling',
    retry: download => download.status === 'failed' || download.status === 'canceled' || download.status === 'success' && !download.contentAvailable,
    delete: download => !isLive(download),
    edit: download => download.status === 'queued' || download.status === 'running' && download.kind === 'collection',
};

/** What a download looks like while the server does it. */
const SHOWN = {
    cancel: download => download.status === 'queued' ? {status: 'canceled', phase: null, waitingFor: null} : {phase: 'canceling'},
    retry: () => ({status: 'queued', phase: 'waiting', waitingFor: null, error: null, progress: 0, bytesDone: 0}),
    delete: () => ({}),
};

export const nameOf = download => download.title ?? t('queue.item', {id: download.pubfileId});
export const mayWrite = () => session.may('download:write');

const single = (id, action) => action === 'delete' ? remove(`downloads/${id}`) : post(`downloads/${id}/${action}`);

/** Many at once, 200 a call and one call after the other; each waits for its own line of the answer. */
function many(ids, action) {
    const answers = new Map();
    let before = Promise.resolve();
    for (const part of chunks(ids, 200)) {
        const answer = before.then(() => post('downloads/bulk', {ids: part, action}));
        before = answer.catch(() => null);
        part.forEach(id => answers.set(id, answer.then(({results}) => {
            const line = results.find(each => each.id === id);
            if (line.result === 'done' || line.result === 'missing' && action === 'delete') {
                return line.download;
            }
            throw Object.assign(new Error(line.message), {status: line.result === 'missing' ? 404 : 409});
        })));
    }
    return answers;
}

/** Does it with all of `ids` that can have it, and says what came of it. Gives the ids that were done. */
export async function change(ids, action) {
    const able = ids.filter(id => downloads.get(id) && CAN[action](downloads.get(id)));
    if (able.length === 0) {
        toasts.say(t('queue.none-able'));
        return [];
    }
    if (action === 'delete' && !await sure(able)) {
        return [];
    }
    const answers = able.length === 1 ? new Map([[able[0], single(able[0], action)]]) : many(able, action);
    const done = [];
    let refusal = null;
    await Promise.all(able.map(async id => {
        try {
            await downloads.optimistic(id, SHOWN[action](downloads.get(id)), () => answers.get(id));
            done.push(id);
            if (action === 'delete') {
                downloads.forget(id);
            }
        } catch (problem) {
            refusal = problem;
            if (problem.status === 404) {
                downloads.forget(id);
            }
        }
    }));
    tell(action, done, able.length - done.length, refusal);
    return done;
}

function tell(action, done, refused, refusal) {
    if (done.length) {
        const one = done.length === 1 && downloads.get(done[0]);
        toasts.say(t(`queue.done.${action}`, {n: done.length, title: one ? nameOf(one) : ''}), {undo: action === 'cancel' ? () => change(done, 'retry') : null});
    }
    if (refused) {
        toasts.say(refused === 1 ? sentenceOf(refusal) : t('queue.refused', {n: refused, message: sentenceOf(refusal)}), {error: true});
    }
}

const sure = ids => confirm(t('queue.delete.title', {n: ids.length}), ids.length === 1
    ? t('queue.delete.one', {title: nameOf(downloads.get(ids[0]))}) : t('queue.delete.many', {n: ids.length}), t('queue.act.delete'));

/** Priority and start time of what waits, as they are now. Where somebody else was faster, nothing is changed and theirs is shown. */
export async function edit({id}) {
    let known = await act(() => get(`downloads/${id}`));
    const look = async () => { downloads.put(known = await get(`downloads/${id}`)); };
    return known && ask(t('queue.edit.title', {title: nameOf(known)}), dialog => html`<form @submit=${event => {
        event.preventDefault();
        const filled = Object.fromEntries(new FormData(event.target));
        dialog.attempt(async () => {
            try {
                downloads.put(await save(known, filled));
            } catch (problem) {
                if (problem.status === 412) {
                    await look();
                    problem.message = t('queue.edit.meanwhile');
                }
                throw problem;
            }
            toasts.say(t('queue.edit.done', {title: nameOf(known)}));
        });
    }}>${dialog.problem ? html`<p>${chip(stateOf(known))}</p>` : nothing}${terms(known)}<footer><button type="button" class="secondary" @click=${() => dialog.close()}>${t('action.cancel')}</button>
        <button ?disabled=${dialog.busy}>${t('action.save')}</button></footer></form>`);
}

function save(known, {priority, startAt}) {
    const changes = {priority: Number(priority)};
    // The field knows no seconds: what nobody touched stays as it is.
    if (startAt !== undefined && startAt !== forField(known.startAt)) {
        changes.startAt = startAt ? new Date(startAt).toISOString() : null;
    }
    return patch(`downloads/${known.id}`, changes, tagOf(known));
}

/** The fields of priority and start time, as the dialogs of one and of new downloads have them. */
export const terms = download => html`<label>${t('queue.priority')}<input name="priority" type="number" min="-100" max="100" step="1" required .value=${String(download?.priority ?? 0)}>
        <small>${t('queue.priority.hint')}</small></label>
    ${!download || download.status === 'queued' ? html`<label>${t('queue.start')}<input name="startAt" type="datetime-local" .value=${forField(download?.startAt)}>
        <small>${t('queue.start.hint')}</small></label>` : nothing}`;

/** The way to the pages of batches: what was sent as one can be had as one, and shared. `gone` is called when it is taken. */
export function together(batches, gone) {
    const link = (id, text) => html` <a href="#/batch/${id}" @click=${gone}>${text}</a>`;
    return batches.length === 0 ? nothing : batches.length === 1 ? html`<p>${link(batches[0], t('add.batch'))}</p>` : html`<p>${t('add.batch')}: ${batches.map((id, at) => link(id, t('add.batch.part', {n: at + 1})))}</p>`;
}

/** Copies the address of a download's page on this server. */
export async function copyLink(download) {
    const link = new URL(`#/download/${download.id}`, location.href).href;
    try {
        await navigator.clipboard.writeText(link);
        toasts.say(t('queue.copied'));
    } catch {
        // Without HTTPS there is no clipboard.
        ask(t('queue.act.copy'), () => html`<ww-copy .text=${link}></ww-copy>`);
    }
}
