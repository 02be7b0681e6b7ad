using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Runner.Tests.Reports;

public sealed class SpillFileTests
{
    [Fact]
    public void What_was_written_is_read_again_though_few_pages_stay_in_memory()
    {
        using var file = new SpillFile(pagesInMemory: 3);
        var texts = Enumerable.Range(0, 30_000).Select(number => $"steps[{number}] – {new string('x', number % 97)}").ToList();

        var positions = texts.ConvertAll(text => file.Append(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.True(file.Length > 20 * SpillFile.PageSize);
        Assert.Equal(3, file.Pages);
        Assert.Null(file.Trouble);
        Assert.Equal(texts, positions.Select(file.ReadText));
        Assert.Equal(texts.AsEnumerable().Reverse(), positions.AsEnumerable().Reverse().Select(file.ReadText));
    }

    [Fact]
    public void What_is_changed_long_after_is_kept()
    {
        using var file = new SpillFile(pagesInMemory: 2);
        for (var at = 0; at < 40; at++)
        {
            file.At(at * (long)SpillFile.PageSize, 1)[0] = (byte)at;
        }

        file.At(0, 1)[0] = 99;
        for (var at = 1; at < 40; at++)
        {
            Assert.Equal(at, file.Peek(at * (long)SpillFile.PageSize, 1)[0]);
        }

        Assert.Equal(99, file.Peek(0, 1)[0]);
        Assert.Equal(0, file.Peek(50 * (long)SpillFile.PageSize, 1)[0]);
    }
}
