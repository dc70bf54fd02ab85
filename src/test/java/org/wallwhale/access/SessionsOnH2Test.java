package org.wallwhale.access;

import org.wallwhale.database.TestDatabase;

class SessionsOnH2Test extends SessionContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
