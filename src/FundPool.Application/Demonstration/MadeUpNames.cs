using System.Security.Cryptography;
using System.Text;

namespace FundPool.Application.Demonstration;

/// <summary>Plausible Chinese names for the demonstration, the same for the same seed, each marked 演示 so that nobody takes it for a real one.</summary>
internal static class MadeUpNames
{
    private static readonly string[] Districts = ["福田", "罗湖", "南山", "宝安", "龙岗", "龙华", "盐田", "坪山", "光明", "前海"];
    private static readonly string[] First = ["华", "恒", "鑫", "瑞", "腾", "安", "嘉", "宏", "远", "鹏", "海", "金", "盛", "德", "优", "启", "润", "科", "创", "汇"];
    private static readonly string[] Second = ["信", "达", "泰", "丰", "源", "联", "诚", "越", "通", "辉", "凯", "成", "洋", "晟", "域", "拓", "航", "荣", "博", "裕"];
    private static readonly string[] Families = ["陈", "林", "黄", "李", "张", "王", "吴", "刘", "郑", "杨", "何", "罗", "梁", "曾", "谢", "许"];
    private static readonly string[] Given = ["志强", "丽华", "建国", "秀英", "伟明", "晓燕", "国栋", "雅琴", "俊杰", "婷婷", "文斌", "海燕", "子轩", "佳怡", "少华", "美玲"];
    private static readonly string[] Purposes = ["采购原材料", "支付供应商货款", "日常经营周转", "补充流动资金", "支付员工工资及社保", "支付厂房租金", "采购库存商品", "支付设备维护费用"];

    private static readonly Dictionary<char, string[]> Trades = new()
    {
        ['A'] = ["农业发展", "生态种植"], ['B'] = ["矿业", "石材"], ['C'] = ["电子科技", "精密制造", "塑胶制品", "智能装备"], ['D'] = ["能源", "环保能源"],
        ['E'] = ["建筑工程", "装饰工程"], ['F'] = ["贸易", "商贸", "供应链"], ['G'] = ["物流", "运输"], ['H'] = ["餐饮管理", "酒店管理"], ['I'] = ["信息技术", "软件"],
        ['L'] = ["商务服务", "租赁服务"], ['M'] = ["检测技术", "技术服务"], ['N'] = ["环境治理", "园林"], ['O'] = ["家政服务", "汽车维修"], ['P'] = ["教育咨询", "培训"],
        ['Q'] = ["健康管理", "医疗服务"], ['R'] = ["文化传媒", "体育文化"], ['S'] = ["服务", "咨询"],
    };

    public static string Borrower(string seed, string kind, string industry)
    {
        byte[] n = Numbers(seed);
        string[] trades = Trades.GetValueOrDefault(industry.Length > 0 ? industry[0] : 'F', ["实业"]);
        string trade = trades[n[3] % trades.Length];
        string mark = First[n[0] % First.Length] + Second[n[1] % Second.Length];
        return kind == "sole_trader"
            ? $"深圳市{Districts[n[2] % Districts.Length]}区{mark}{trade}经营部（演示）"
            : $"深圳市{mark}{(n[4] % 3 == 0 ? Second[n[5] % Second.Length] : "")}{trade}有限公司（演示）";
    }

    public static string Person(string seed)
    {
        byte[] n = Numbers(seed);
        return Families[n[0] % Families.Length] + Given[n[1] % Given.Length];
    }

    public static string Branch(string seed) => Districts[Numbers(seed)[6] % Districts.Length] + "支行";

    public static string Purpose(string seed) => Purposes[Numbers(seed)[7] % Purposes.Length];

    private static byte[] Numbers(string seed) => SHA256.HashData(Encoding.UTF8.GetBytes(seed));
}
