package org.wallwhale.admin;

import java.util.List;
import org.wallwhale.config.SettingView;

/** All settings, in the order of docs/operations.md. */
public record SettingList(List<SettingView> settings) {
}
