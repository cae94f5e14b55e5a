package io.signalbox.shop.service;

import io.signalbox.shop.live.LiveMessage;
import io.signalbox.shop.live.LiveRoom;
import io.signalbox.shop.pricing.v1.Price;
import io.signalbox.shop.service.Message.HagglePage;
import io.signalbox.shop.service.Message.Haggled;
import io.signalbox.shop.service.Message.Haggling;
import io.signalbox.shop.service.Message.PricePage;
import io.signalbox.shop.service.Message.Quoted;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Pause;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the storefront shows of prices: asked for, haggled about, and told to those who are connected. */
final class PriceBoard implements LiveRoom.Feed {

    private static final int MOST_ITEMS = 50;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final PricingDesk desk;
    private final Range range;
    private final Pause pause;

    PriceBoard(PricingDesk desk, Range range, Pause pause) {
        this.desk = desk;
        this.range = range;
        this.pause = pause;
    }

    Reply quote(Call call) {
        List<String> items = List.of(call.required("items").split(",", -1));
        if (items.size() > MOST_ITEMS) {
            throw new Refusal(400, "query.items: " + items.size() + " items (expected: 1.." + MOST_ITEMS + ")");
        }
        List<Quoted> prices = desk.quote(call, items).stream()
                .map(price -> new Quoted(
                        price.getItem(), price.getListCents(), price.getDiscountPercent(), price.getPriceCents()))
                .toList();
        return Reply.ok(new PricePage(prices));
    }

    Reply haggle(Call call) {
        Haggling haggling = call.body(Haggling.class);
        if (haggling.bids().isEmpty() || haggling.bids().size() > Haggle.MOST_BIDS) {
            throw new Refusal(400, "bids: " + haggling.bids().size() + " bids (expected: 1.." + Haggle.MOST_BIDS + ")");
        }
        List<Haggled> answers = desk.haggle(call, haggling.item(), haggling.bids()).stream()
                .map(answer -> new Haggled(answer.getVerdict().name().toLowerCase(Locale.ROOT), answer.getCents()))
                .toList();
        return Reply.ok(new HagglePage(haggling.item(), answers));
    }

    @Override
    public void tell(LiveRoom room) {
        try {
            desk.watch(price -> {
                news(price).ifPresent(room::tell);
                return !room.isEmpty();
            });
        } catch (NeighbourFailure | Refusal noPrices) {
            pause.last(AFTER_FAILURE);
        }
    }

    List<LiveMessage> stockNews(Map<String, Integer> left) {
        return range.items().stream()
                .filter(item -> left.containsKey(item.id()))
                .<LiveMessage>map(
                        item -> new LiveMessage.Stock(item.id(), item.category(), left.getOrDefault(item.id(), 0)))
                .toList();
    }

    private Optional<LiveMessage> news(Price price) {
        return range.item(price.getItem())
                .map(item -> new LiveMessage.Price(
                        item.id(), item.category(), price.getPriceCents(), price.getDiscountPercent()));
    }
}
