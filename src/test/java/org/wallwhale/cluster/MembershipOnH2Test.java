package org.wallwhale.cluster;

import org.wallwhale.database.TestDatabase;

class MembershipOnH2Test extends MembershipContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
