package org.wallwhale.steam;

import org.wallwhale.database.TestDatabase;

class RotationOnPostgreSqlTest extends RotationContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
