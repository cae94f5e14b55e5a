package io.signalbox.mesh.store;

final class MemoryStoreTest extends StoreSuite {

    @Override
    Store open() {
        return LocalStore.inMemory(time, time);
    }
}
