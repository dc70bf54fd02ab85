package org.wallwhale.audit;

import org.wallwhale.database.TestDatabase;

class AuditOnH2Test extends AuditContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
