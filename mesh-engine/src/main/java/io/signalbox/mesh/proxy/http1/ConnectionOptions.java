package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.Fields;

/** What {@code Connection} says. */
final class ConnectionOptions {

    private ConnectionOptions() {}

    /** Whether a message with these fields leaves its connection open. */
    static boolean persistent(Fields fields, boolean http11) {
        return fields.has("Connection")
                ? !include(fields, "close") && (http11 || include(fields, "keep-alive"))
                : http11;
    }

    private static boolean include(Fields fields, String option) {
        for (int i = fields.indexOf("Connection", 0); i >= 0; i = fields.indexOf("Connection", i + 1)) {
            if (listed(fields.value(i), option)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listed(String list, String option) {
        if (list.equalsIgnoreCase(option)) {
            return true;
        }
        if (list.indexOf(',') < 0) {
            return false;
        }
        for (String entry : list.split(",", -1)) {
            if (entry.strip().equalsIgnoreCase(option)) {
                return true;
            }
        }
        return false;
    }
}
