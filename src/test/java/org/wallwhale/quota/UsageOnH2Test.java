package org.wallwhale.quota;

import org.wallwhale.database.TestDatabase;

class UsageOnH2Test extends UsageContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
