// What a browser gets to send Workshop items here: texts that hold this server's address.
import {root} from '../core/api.js';

/* What runs on Steam's pages: nothing here knows of the rest of this page, and the manager's request is not bound by Steam's CSP. */
function button(server, givenKey, words) {
    'use strict';
    const keyOf = () => {
        const known = givenKey || GM_getValue('key', '');
        const key = known || (prompt(words.ask) || '').trim();
        if (key && !known) {
            GM_setValue('key', key);
        }
        return key;
    };
    const place = document.createElement('button');
    place.type = 'button';
    place.id = 'wallwhale-send';
    Object.assign(place.style, {position: 'fixed', insetInlineEnd: '16px', insetBlockEnd: '16px', zIndex: 9999, padding: '10px 16px', border: 0,
        borderRadius: '6px', background: '#0b5c8a', color: '#fff', font: '600 14px sans-serif', cursor: 'pointer', maxWidth: '360px'});
    const say = (text, color) => {
        place.textContent = text;
        place.style.background = color || '#0b5c8a';
        place.disabled = false;
    };
    const answered = ({status, responseText}) => {
        if (status >= 200 && status < 300) {
            say(words.sent, '#14582d');
            return;
        }
        if (status === 401 && !givenKey) {
            GM_setValue('key', '');
        }
        let problem = null;
        try {
            problem = JSON.parse(responseText).message;
        } catch (e) {
            problem = 'HTTP ' + status;
        }
        say(problem, '#8f1d1d');
    };
    place.addEventListener('click', () => {
        const key = keyOf();
        if (!key) {
            return;
        }
        place.disabled = true;
        place.textContent = '…';
        GM_xmlhttpRequest({method: 'POST', url: server + 'api/v1/downloads', headers: {'Content-Type': 'application/json', 'X-API-Key': key},
            data: JSON.stringify({urlOrId: location.href}), timeout: 15000, onload: answered, onerror: () => say(words.away, '#8f1d1d'), ontimeout: () => say(words.away, '#8f1d1d')});
    });
    say(words.send);
    document.body.append(place);
}

/** A userscript for Tampermonkey or Violentmonkey; `key` may be empty: it asks for one then, and keeps it in the manager. */
export const userscript = (key, words) => `// ==UserScript==
// @name         WallWhale
// @namespace    ${root.href}
// @version      1.0
// @description  ${words.about}
// @match        https://steamcommunity.com/sharedfiles/filedetails*
// @match        https://steamcommunity.com/workshop/filedetails*
// @connect      ${root.hostname}
// @grant        GM_xmlhttpRequest
// @grant        GM_getValue
// @grant        GM_setValue
// @noframes
// ==/UserScript==
(${button})(${JSON.stringify(root.href)}, ${JSON.stringify(key)}, ${JSON.stringify(words)});
`;

/**
 * A bookmark that opens this page with the item's address, ready to be sent. It holds no key, because whatever page it is used on could
 * read one, and calls no API, because Steam's pages let scripts connect to Steam only.
 */
export const bookmarklet = () => `javascript:void window.open(${JSON.stringify(`${root.href}#/queue?add=`)}+encodeURIComponent(location.href),'wallwhale')`;
