package org.wallwhale.worker;

import org.wallwhale.database.TestDatabase;

class SteamItemsOnPostgreSqlTest extends SteamItemsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
