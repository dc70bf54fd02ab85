// One row of the queue: a line of a table, or a card where there is little room.
import {html, nothing} from '../vendor/lit.js';
import {root} from '../core/api.js';
import {stateOf} from '../core/downloads.js';
import {bytes, duration, local, number, speed} from '../core/format.js';
import {owners} from '../core/owners.js';
import {t, knows} from '../core/text.js';
import {CAN, change, copyLink, edit, mayWrite, nameOf} from './actions.js';
import {bar, chip, icon, iconButton, when} from './small.js';

/** The picture of an item, or a sign where there is none. */
export const picture = download => html`<span class="thumb">${download.previewUrl
    ? html`<img src=${download.previewUrl} alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer">` : icon(download.kind === 'collection' ? 'folder' : 'image')}</span>`;

/** The chip of a download's state; while it runs the phase says more. */
export function stateChip(download) {
    const state = stateOf(download);
    return chip(state, state === 'running' && knows(`phase.${download.phase}`) ? t(`phase.${download.phase}`) : undefined);
}

/** "12 of 30 done, 2 failed": what is inside a collection. */
export function partsOf(children) {
    const all = Object.values(children ?? {}).reduce((sum, each) => sum + each, 0);
    return all === 0 ? '' : [t('queue.parts', {done: children.success ?? 0, all}), children.failed ? t('queue.parts.failed', {n: children.failed}) : ''].filter(Boolean).join(', ');
}

/** "12 MiB of 30 MiB · 3 MiB/s · 10 s left" */
export function figures(download) {
    const {bytesDone, bytesTotal, bytesPerSecond, etaSeconds} = download;
    return [bytesTotal ? t('queue.bytes', {done: bytes(bytesDone), all: bytes(bytesTotal)}) : bytesDone ? bytes(bytesDone) : '', speed(bytesPerSecond),
        etaSeconds === null || etaSeconds === undefined ? '' : t('queue.left', {time: duration(etaSeconds)})].filter(Boolean).join(' · ');
}

/** Why it is where it is, in one sentence. */
export function sentence(download) {
    switch (download.status) {
        case 'queued': return local(download.waitingFor) ?? t('queue.waits');
        case 'failed': return local(download.error?.message) ?? '';
        case 'canceled': return local(download.error?.message) ?? '';
        case 'success': return local(download.error?.message) ?? (download.contentAvailable ? bytes(download.bytesTotal) : t('queue.cleaned'));
        default: return download.phase === 'needs_input' ? t('queue.asks') : figures(download);
    }
}

function progress(download) {
    const said = download.refused ?? sentence(download);
    const running = download.status === 'running' && download.phase !== 'needs_input';
    return html`<span role="gridcell" class="progress">${running
        ? bar(download.progress, download.progress > 0 ? 100 : null, t('queue.progress', {title: nameOf(download)})) : nothing}
        <small class="live-figure ${download.refused ? 'refused' : ''}" title=${[said, download.error?.advice].filter(Boolean).join('\n')}>${running && download.kind === 'collection'
            ? partsOf(download.children) : said}</small></span>`;
}

/** The buttons that fit the state. */
export function buttons(download) {
    const run = action => () => change([download.id], action);
    const write = mayWrite() && !download.pending;
    return html`
        ${stateOf(download) === 'needsInput' ? html`<a role="button" class="small" href="#/download/${download.id}">${t('guard.answer')}</a>` : nothing}
        ${download.contentAvailable && download.status === 'success' ? html`<a class="icon" href=${new URL(`api/v1/downloads/${download.id}/zip`, root)} download
            title=${t('queue.act.zip')} aria-label=${t('queue.act.zip')}>${icon('download')}</a>${iconButton('link', t('queue.act.copy'), () => copyLink(download))}` : nothing}
        ${write && CAN.retry(download) ? iconButton('retry', t('queue.act.retry'), run('retry')) : nothing}
        ${write && CAN.edit(download) ? iconButton('edit', t('queue.act.edit'), () => edit(download)) : nothing}
        ${write && CAN.cancel(download) ? iconButton('stop', t('queue.act.cancel'), run('cancel')) : nothing}
        ${write && CAN.delete(download) ? iconButton('trash', t('queue.act.delete'), run('delete')) : nothing}`;
}

/**
 * The row; `view` says how it stands in the table: `index`, `selected`, `current` (where the keyboard is), `everybody`, and what is
 * called: `pick(event)`, `pressed(event)`.
 */
export const row = (download, view) => html`
    <div role="row" class="row ${view.selected ? 'selected' : ''} ${download.pending ? 'pending' : ''} ${stateOf(download)}" tabindex=${view.current ? 0 : -1}
        aria-rowindex=${view.index + 2} aria-selected=${view.selected} data-id=${download.id} @keydown=${view.pressed} @focus=${view.focused}>
        <span role="gridcell" class="pick"><input type="checkbox" tabindex=${view.current ? 0 : -1} aria-label=${t('queue.select', {title: nameOf(download)})} .checked=${view.selected} @click=${view.pick}></span>
        <span role="gridcell" class="picture">${picture(download)}</span>
        <span role="rowheader" class="what"><a href="#/download/${download.id}" title=${nameOf(download)}>${nameOf(download)}</a>
            <small>${download.kind === 'collection' ? html`${t('queue.collection')}${partsOf(download.children) ? ` · ${partsOf(download.children)}` : ''} · ` : nothing}${download.pubfileId}${
                download.accountName === 'sandbox' ? html` · <b>${t('queue.sandbox')}</b>` : nothing}${download.priority ? html` · ${t('queue.priority.at', {n: number(download.priority)})}` : nothing}${
                view.everybody ? html`<span class="by"> · ${owners.name(download.userId)}</span>` : nothing}</small></span>
        ${view.everybody ? html`<span role="gridcell" class="owner" title=${owners.name(download.userId)}>${owners.name(download.userId)}</span>` : nothing}
        <span role="gridcell" class="state">${stateChip(download)}</span>
        ${progress(download)}
        <span role="gridcell" class="age">${when(download.createdAt)}</span>
        <span role="gridcell" class="do">${buttons(download)}</span>
    </div>`;
