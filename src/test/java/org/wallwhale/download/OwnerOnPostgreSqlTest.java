package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class OwnerOnPostgreSqlTest extends OwnerContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
