package org.wallwhale.cluster;

import org.wallwhale.database.TestDatabase;

class MembershipOnPostgreSqlTest extends MembershipContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
