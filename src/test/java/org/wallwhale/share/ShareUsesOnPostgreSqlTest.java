package org.wallwhale.share;

import org.wallwhale.database.TestDatabase;

class ShareUsesOnPostgreSqlTest extends ShareUsesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
