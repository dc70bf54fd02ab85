package org.wallwhale.quota;

import org.wallwhale.database.TestDatabase;

class QuotaOnH2Test extends QuotaContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
