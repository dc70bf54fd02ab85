package org.wallwhale.database;

class KeyFingerprintsOnPostgreSqlTest extends KeyFingerprintsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
