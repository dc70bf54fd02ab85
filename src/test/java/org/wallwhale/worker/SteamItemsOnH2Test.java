package org.wallwhale.worker;

import org.wallwhale.database.TestDatabase;

class SteamItemsOnH2Test extends SteamItemsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
