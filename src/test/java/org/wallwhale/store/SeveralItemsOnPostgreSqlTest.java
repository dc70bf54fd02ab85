package org.wallwhale.store;

import org.wallwhale.database.TestDatabase;

class SeveralItemsOnPostgreSqlTest extends SeveralItemsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
