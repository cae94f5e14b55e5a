package io.signalbox.shop.service;

/** What lies in the store. Safe from any thread. */
interface Shelves {

    /** How many there are; below zero for what is not kept here. */
    int level(String item);

    default boolean has(String item) {
        return level(item) >= 0;
    }

    /** Takes that many for the order, or none when there are not enough. */
    Reservation reserve(String item, int quantity, String order);

    /**
     * What came of a reservation.
     *
     * @param left in the store, after it was made if it was
     */
    record Reservation(boolean made, int left) {}
}
