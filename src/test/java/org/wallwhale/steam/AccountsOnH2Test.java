package org.wallwhale.steam;

import org.wallwhale.database.TestDatabase;

class AccountsOnH2Test extends AccountsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
