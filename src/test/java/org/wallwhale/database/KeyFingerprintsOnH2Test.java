package org.wallwhale.database;

class KeyFingerprintsOnH2Test extends KeyFingerprintsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
