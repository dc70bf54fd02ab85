package org.wallwhale.access;

import org.wallwhale.database.TestDatabase;

class UsersOnH2Test extends UsersContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
