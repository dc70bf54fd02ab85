package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class StorageOnPostgreSqlTest extends StorageContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
