package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class QueueOnPostgreSqlTest extends QueueContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
