package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.RatingPage;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The mean of the stars that customers gave, 1..5, by item. */
final class Ratings implements Application {

    private static final Duration WORK = Duration.ofMillis(2);

    private final Workplace workplace;

    Ratings(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("GET") || !call.path().equals("/ratings")) {
            throw Workplace.unknown(call);
        }
        workplace.pace().work(WORK);
        Map<String, Double> stars = new LinkedHashMap<>();
        for (String item : call.required("items").split(",", -1)) {
            stars.put(item, 3 + Math.floorMod(item.hashCode(), 21) / 10.0);
        }
        return Reply.ok(new RatingPage(stars));
    }
}
