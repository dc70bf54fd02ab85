package org.wallwhale.idempotency;

import org.wallwhale.database.TestDatabase;

class IdempotencyOnPostgreSqlTest extends IdempotencyContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
