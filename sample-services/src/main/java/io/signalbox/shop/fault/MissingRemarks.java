package io.signalbox.shop.fault;

import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Json;
import io.signalbox.shop.web.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A defect in how reviews are written down: of some items only the first text is there. Which items is drawn once, so
 * that the same question always gets the same wrong answer.
 *
 * @param lot of {@value #ITEMS_IN} items, on average, the one that is struck
 */
record MissingRemarks(int lot) {

    static final int ITEMS_IN = 5;

    static MissingRemarks drawn(Chance chance) {
        return new MissingRemarks(chance.between(0, ITEMS_IN));
    }

    /** The same page of reviews with the defect. */
    Reply from(Reply page) {
        Map<String, Object> whole = new LinkedHashMap<>(object(Json.read(page.body(), Map.class)));
        Map<String, Object> reviews = new LinkedHashMap<>(object(whole.get("reviews")));
        reviews.replaceAll((item, review) -> strikes(item) ? withoutRemark(object(review)) : review);
        whole.put("reviews", reviews);
        return new Reply(page.status(), page.contentType(), page.headers(), Json.write(whole));
    }

    boolean strikes(String item) {
        return Math.floorMod(item.hashCode(), ITEMS_IN) == lot;
    }

    private static Map<String, Object> withoutRemark(Map<String, Object> review) {
        Map<String, Object> shorter = new LinkedHashMap<>(review);
        if (review.get("texts") instanceof List<?> texts && !texts.isEmpty()) {
            shorter.put("texts", List.of(texts.getFirst()));
        }
        return shorter;
    }

    private static Map<String, Object> object(@Nullable Object json) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, value) -> object.put(String.valueOf(name), value));
        }
        return object;
    }
}
