package org.wallwhale.share;

import java.util.List;

/** The links of a download or a batch, the newest first, ended ones included. */
public record ShareList(List<ShareView> shares) {
}
