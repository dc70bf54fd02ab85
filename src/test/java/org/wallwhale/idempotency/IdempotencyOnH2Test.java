package org.wallwhale.idempotency;

import org.wallwhale.database.TestDatabase;

class IdempotencyOnH2Test extends IdempotencyContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
