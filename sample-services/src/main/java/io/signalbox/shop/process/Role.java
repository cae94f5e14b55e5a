package io.signalbox.shop.process;

import java.util.List;
import java.util.Map;

/** What runs in a process of the demo, once it has started. */
interface Role extends AutoCloseable {

    /** Where it serves, by a word that the process that started it knows. */
    Map<String, String> places();

    /** Carries out an order, given word by word. */
    void obey(List<String> order);

    @Override
    void close();
}
