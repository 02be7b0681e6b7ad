using System.Text;
using Xunit;

namespace IotMqtt.Testing.Xunit;

/// <summary>What of a lab goes to the results of a test.</summary>
public static class LabAttachments
{
    /// <summary>Attaches the lab's page to the test that runs now, where it has failed. To be called when it has ended, such as in <c>DisposeAsync</c> of its class.</summary>
    /// <param name="lab">The lab.</param>
    /// <returns>Whether it was attached.</returns>
    public static bool AddIfFailed(IotLab lab)
    {
        ArgumentNullException.ThrowIfNull(lab);
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            return false;
        }

        Add(lab);
        return true;
    }

    /// <summary>Attaches the lab's page to the test that runs now.</summary>
    /// <param name="lab">The lab.</param>
    public static void Add(IotLab lab)
    {
        ArgumentNullException.ThrowIfNull(lab);
        using var page = new StringWriter();
        lab.WriteHtml(page);
        TestContext.Current.AddAttachment("lab.html", Encoding.UTF8.GetBytes(page.ToString()), "text/html");
    }
}
