package org.wallwhale.audit;

import org.wallwhale.database.TestDatabase;

class AuditOnPostgreSqlTest extends AuditContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
