package io.signalbox.shop.live;

import io.signalbox.shop.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What connected shoppers are told, as JSON with a {@code type}. */
public sealed interface LiveMessage {

    String json();

    /** Whether someone who wants only that category wants to know. */
    boolean concerns(String category);

    /** What one of an item costs from now on. */
    record Price(String item, String category, int priceCents, int discountPercent) implements LiveMessage {

        @Override
        public String json() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "price");
            fields.put("item", item);
            fields.put("category", category);
            fields.put("priceCents", priceCents);
            fields.put("discountPercent", discountPercent);
            return Json.write(fields);
        }

        @Override
        public boolean concerns(String wanted) {
            return wanted.equals(category);
        }
    }

    /** How many of an item are left. */
    record Stock(String item, String category, int left) implements LiveMessage {

        @Override
        public String json() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "stock");
            fields.put("item", item);
            fields.put("category", category);
            fields.put("left", left);
            return Json.write(fields);
        }

        @Override
        public boolean concerns(String wanted) {
            return wanted.equals(category);
        }
    }

    /** Somebody bought something; it does not say who. */
    record Order(int lines, int totalCents) implements LiveMessage {

        @Override
        public String json() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "order");
            fields.put("lines", lines);
            fields.put("totalCents", totalCents);
            return Json.write(fields);
        }

        @Override
        public boolean concerns(String wanted) {
            return true;
        }
    }
}
