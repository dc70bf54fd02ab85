package org.wallwhale.store;
record ContentFile(String path, long sizeBytes, long crc32, String sha256) { }
