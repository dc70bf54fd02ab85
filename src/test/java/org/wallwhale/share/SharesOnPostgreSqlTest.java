package org.wallwhale.share;

import org.wallwhale.database.TestDatabase;

class SharesOnPostgreSqlTest extends SharesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
